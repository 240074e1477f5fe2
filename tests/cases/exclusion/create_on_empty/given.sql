-- A table that was never analysed may have any size: the hazard has to be accepted.
-- allow: blocking-build
CREATE TABLE bookings (room text, period tsrange);
