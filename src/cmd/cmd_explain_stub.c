#include "cmd.h"
const struct option options_explain[] = {
	{ "file", "FILE", "a captured request, not one of the ring", false },
	{ NULL, NULL, NULL, false }
};
int cmd_signature_explain(struct cli *cli) { (void)cli; return 1; }
int cmd_doctor(struct cli *cli) { (void)cli; return 1; }
