"""Step 7: answers, as typed objects read off a snapshot and its board. Views only read."""
