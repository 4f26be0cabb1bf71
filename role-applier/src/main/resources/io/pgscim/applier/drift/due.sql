-- Which of these users does the clock alone change something for, as of this moment?
SELECT user_id FROM pgscim.agenda WHERE user_id = ANY ($1::text[]) AND at <= $2
