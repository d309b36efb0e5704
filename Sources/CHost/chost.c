#include "chost.h"
int chost_version(void) { return 1; }
