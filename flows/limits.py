"""What reading a document may take, where nothing else is said."""

DOCUMENT_SECONDS = 900.0  # three times what 250,000 characters take at the 900 a second of a busy machine
DOCUMENT_MEBIBYTES = 4096
