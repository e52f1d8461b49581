"""Loading one document in one transaction: what is new is added, what is no longer read is retired."""
