<?php
/**
 * Plugin Name: Acme Forms
 * Plugin URI:  https://example.com/acme-forms
 * Version:     5.3.1
 * License:     GPLv2 or later
 */
define( 'ACME_VERSION', '5.3.1' );
