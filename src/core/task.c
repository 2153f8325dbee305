/* A delivery that this process holds. See task.h. */
#include "out.h"
#include "task.h"

void
task_wire_id(const struct task *t, char out[TASK_MAX_WIRE_ID])
{
	struct out	o = out_init(out, TASK_MAX_WIRE_ID - 1);

	out_cstr(&o, "dlv_");
	out_uuid(&o, t->event_id);
	out_char(&o, '_');
	out_int(&o, t->id);
	out[o.n] = '\0';
}
