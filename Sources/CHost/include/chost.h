int chost_version(void);
