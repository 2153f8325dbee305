# shellcheck shell=sh disable=SC2034,SC2154
# What the tests of deliveries share, after tests/lib.sh: receivers, and one
# delivery, made and sent without a database (tests/live/deliver.c).

DELIVER=$BUILD/live/deliver
SECRET_OLD=whsec_b2xkIG9sZCBvbGQgb2xkIG9sZCBvbGQgb2xk
SECRET_NEW=whsec_bmV3IG5ldyBuZXcgbmV3IG5ldyBuZXcgbmV3
export SECRET_OLD SECRET_NEW

# receiver NAME SCRIPT [argument...]: sets ADDRESS to its host and port; its
# record is $T/NAME.log.
receiver() {
	command -v node >/dev/null || die "node is needed (tools/packages)"
	rc_name=$1
	rc_script=$2
	shift 2
	: >"$T/$rc_name.log"
	TWILIO_AUTH_TOKEN=$TOKEN_A node "$ROOT/tests/deliver/$rc_script" \
	    "$T/$rc_name.port" "$T/$rc_name.log" "$@" \
	    >>"$T/$rc_name.err" 2>&1 </dev/null &
	rc_pid=$!
	at_exit "stop_pid $rc_pid 5"
	wait_for 20 test -s "$T/$rc_name.port" || {
		cat "$T/$rc_name.err" >&2
		die "$rc_script did not start"
	}
	ADDRESS=127.0.0.1:$(cat "$T/$rc_name.port")
}

# deliver SPEC [option...]: the body is $BODY, the clock goes wrong by $CLOCK
# (-6m, with $FAKETIME); sets said to the first line that deliver.c prints and
# head to the others.
deliver() {
	dl_spec=$1
	shift
	printf %s "$BODY" | env -i PATH="$PATH" TWILIO_ACCOUNT_SID="$A" \
	    TWILIO_AUTH_TOKEN="$TOKEN_A" OFFHOOK_ALLOW_PRIVATE=127.0.0.1 \
	    ${EXEC_FOLDER:+OFFHOOK_EXEC="$EXEC_FOLDER"} \
	    ${CLOCK:+LD_PRELOAD="$FAKETIME" FAKETIME="$CLOCK"} "$DELIVER" "$@" \
	    '[{"id": 1, "name": "d", "spec": '"$dl_spec"', "secrets":
	    ['"${SECRETS:-\"$SECRET_NEW\"}"']}]' >"$T/said" \
	    2>"$T/said.err" || {
		said="exit $?: $(cat "$T/said.err")"
		head=
		return
	}
	said=$(sed -n 1p "$T/said")
	head=$(sed 1d "$T/said")
}
