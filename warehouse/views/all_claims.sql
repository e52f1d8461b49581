-- Every claim as it stands now, also the unsure, quarantined, rejected and corrected ones (see status, confidence).
SELECT * FROM claim_history WHERE retired_at IS NULL
