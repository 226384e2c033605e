"""The admission webhook of Kubernetes."""
