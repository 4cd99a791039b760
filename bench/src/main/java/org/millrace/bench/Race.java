package org.millrace.bench;

import java.util.Locale;

/** What is measured by how many stages are done each second: a process, and what it leaves. */
enum Race {
  /** Five asynchronous stages, one after the other: each reads a variable and writes it. */
  CHAIN(5, 6, "variables like '%\"n\":5%'", "v.name_ = 'n' and v.long_ = 5", 1),
  /** Four asynchronous stages side by side, and a join. */
  FAN(4, 5, "variables like '%\"s4\":1%'", "v.name_ in ('s1','s2','s3','s4') and v.long_ = 1", 4),
  /** A message is waited for, and then one stage. */
  WAIT(1, 3, "variables like '%\"n\":1%'", "v.name_ = 'n' and v.long_ = 1", 1),
  /**
   * The example: five stages with work of their own in the database, compensation made ready, a
   * message that is waited for beside a timer.
   */
  ORDER(
      5,
      7,
      """
      i.id in (select instance_id from payment join shipment using (instance_id)
        join notification using (instance_id))
      """,
      """
      v.name_ = 'total' and v.proc_inst_id_ in (select instance_id from payment
        join shipment using (instance_id) join notification using (instance_id))
      """,
      1),
  /** A timer is waited for. Of Millrace alone. */
  TIMER(0, 2, "true", "false", 0);

  /** In each instance. */
  final int stages;

  private final int steps;
  private final String result;
  private final String peerResult;
  private final int peerVariables;

  Race(int stages, int steps, String result, String peerResult, int peerVariables) {
    this.stages = stages;
    this.steps = steps;
    this.result = result;
    this.peerResult = peerResult;
    this.peerVariables = peerVariables;
  }

  /** The id of its process, the same with all. */
  String process() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many of a run have ended as they should in Millrace's tables, and when the last did. */
  String ended(String key) {
    return """
    select count(*), coalesce(max(extract(epoch from ended_at) * 1000), 0)::bigint
    from millrace_instance i
    where business_key like '%s-%%' and state = 'completed' and %s
      and (select count(*) from millrace_history h where h.instance_id = i.id) = %d
    """
        .formatted(key, result, steps);
  }

  /** Likewise in the tables that Operaton, Camunda 7 and Flowable have in common. */
  String endedWithPeer(String key) {
    return """
    select count(*), coalesce(max(extract(epoch from end_time_) * 1000), 0)::bigint
    from act_hi_procinst p
    where business_key_ like '%s-%%' and end_time_ is not null
      and (select count(*) from act_hi_varinst v
        where v.proc_inst_id_ = p.proc_inst_id_ and %s) = %d
      and (select count(*) from act_hi_actinst a
        where a.proc_inst_id_ = p.proc_inst_id_ and a.end_time_ is not null) >= %d
    """
        .formatted(key, peerResult, peerVariables, stages + 2);
  }
}
