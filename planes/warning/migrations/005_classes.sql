-- The classes of notices, for the filter of their list, without reading a notice.
CREATE INDEX warning_notice_class ON warning_notice (class, tlp);
