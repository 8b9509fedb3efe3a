"""The views as tables for a terminal of 80 columns or more; nothing here prints."""
