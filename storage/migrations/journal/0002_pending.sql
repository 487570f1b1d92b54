-- How many wait is read off the index: an acknowledgement writes nothing but its row.
DELETE FROM journal_counts WHERE state = 'pending';
