"""Two records of one person become one: found, compared, chosen field by field, united in one transaction."""
