-- A waiting notice that somebody wanted sent at once: that attempt is not the schedule's.
ALTER TABLE notice ADD hurried boolean NOT NULL DEFAULT false;
