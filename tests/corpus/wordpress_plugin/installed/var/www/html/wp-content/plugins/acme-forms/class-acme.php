<?php
// Version: 9.9 is no header of a plug-in.
class Acme {}
