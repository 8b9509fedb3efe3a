"""The desk: the API and the pages as one application, and the server that runs it."""
