"""Step 3: from a document to its statements."""
