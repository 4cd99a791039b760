package org.millrace.recovery;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.ActionManager;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.objectstore.RecoveryStore;
import com.arjuna.ats.arjuna.objectstore.StateStatus;
import com.arjuna.ats.arjuna.objectstore.StoreManager;
import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.arjuna.state.InputObjectState;
import com.arjuna.ats.internal.arjuna.common.UidHelper;
import jakarta.annotation.Resource;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.TransactionId;
import org.millrace.execution.TransactionLog;

/**
 * The log through the beans that WildFly's own command line uses ({@code
 * /subsystem=transactions/log-store=log-store}): one for the log, which makes one for each entry
 * when it is asked to look, and one for each of an entry's branches.
 */
@Singleton
public class ManagedTransactionLog implements TransactionLog {

  private static final String LOG = "jboss.jta:type=ObjectStore";

  /** The type of an entry: a decision of a transaction that began in this server. */
  private static final String DECISION = "AtomicAction";

  /** Likewise, as the log's own interface names it. */
  private static final String DECISIONS =
      "/StateManager/BasicAction/TwoPhaseCoordinator/" + DECISION;

  private static final String HEURISTIC = "HEURISTIC";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  @Resource private TransactionSynchronizationRegistry transaction;

  @Override
  public String current() {
    return String.valueOf(transaction.getTransactionKey());
  }

  @Override
  public List<Decision> decisions() {
    List<Decision> decisions = new ArrayList<>();
    Set<ObjectName> all = probe();
    for (ObjectName entry : all) {
      if (isDecision(entry)) {
        try {
          decisions.add(decision(entry, branches(all, entry)));
        } catch (InstanceNotFoundException e) {
          // It has been carried out just now.
        } catch (JMException e) {
          throw unreadable(e);
        }
      }
    }
    return decisions;
  }

  /** From memory: WildFly is told to keep its log in a journal. */
  @Override
  public Set<String> left() {
    RecoveryStore store = StoreManager.getRecoveryStore();
    InputObjectState all = new InputObjectState();
    Set<String> left = new HashSet<>();
    try {
      if (store.allObjUids(DECISIONS, all)) {
        for (Uid id = UidHelper.unpackFrom(all);
            id.notEquals(Uid.nullUid());
            id = UidHelper.unpackFrom(all)) {
          if (isLeft(store, id)) {
            left.add(id.stringForm());
          }
        }
      }
    } catch (ObjectStoreException | IOException e) {
      throw unreadable(e);
    }
    return left;
  }

  /** Who carries one out takes it off the log first, and off the list of those under way then. */
  private static boolean isLeft(RecoveryStore store, Uid id) throws ObjectStoreException {
    return ActionManager.manager().get(id) == null
        && store.currentState(id, DECISIONS) != StateStatus.OS_UNKNOWN;
  }

  @Override
  public void recover() {
    RecoveryManager.manager().scan();
  }

  /** Branch by branch, so that each resource forgets its own; with the last one the entry goes. */
  @Override
  public boolean forget(String id) {
    Set<ObjectName> all = probe();
    boolean found = false;
    for (ObjectName entry : all) {
      if (isDecision(entry) && id(entry).equals(id)) {
        branches(all, entry).forEach(this::remove);
        remove(entry);
        found = true;
      }
    }
    return found;
  }

  private void remove(ObjectName bean) {
    try {
      beans.invoke(bean, "remove", new Object[0], new String[0]);
    } catch (InstanceNotFoundException e) {
      // The last branch took it along.
    } catch (JMException e) {
      throw new IllegalStateException("the transaction log cannot be written", e);
    }
  }

  private Decision decision(ObjectName entry, List<ObjectName> branches) throws JMException {
    List<Participant> participants = new ArrayList<>();
    for (ObjectName branch : branches) {
      participants.add(participant(branch));
    }
    long age = ((Number) beans.getAttribute(entry, "AgeInSeconds")).longValue();
    return new Decision(
        id(entry), age < 0 ? null : Instant.now().minus(Duration.ofSeconds(age)), participants);
  }

  private Participant participant(ObjectName branch) throws JMException {
    byte[] global = (byte[]) beans.getAttribute(branch, "GlobalTransactionId");
    return new Participant(
        text(branch, "EisProductName") + " " + text(branch, "JndiName"),
        global == null ? null : TransactionId.of(global),
        isHeuristic(branch));
  }

  private boolean isHeuristic(ObjectName branch) throws JMException {
    return text(branch, "Status").startsWith(HEURISTIC);
  }

  private String text(ObjectName bean, String attribute) throws JMException {
    return String.valueOf(beans.getAttribute(bean, attribute));
  }

  /** Has the log looked through, and gives the beans of all that it has. */
  private Set<ObjectName> probe() {
    try {
      beans.invoke(new ObjectName(LOG), "probe", new Object[0], new String[0]);
      return beans.queryNames(new ObjectName(LOG + ",*"), null);
    } catch (JMException e) {
      throw unreadable(e);
    }
  }

  private static List<ObjectName> branches(Set<ObjectName> all, ObjectName entry) {
    return all.stream()
        .filter(name -> name.getKeyProperty("puid") != null && uid(name).equals(uid(entry)))
        .collect(Collectors.toList());
  }

  private static boolean isDecision(ObjectName name) {
    String type = name.getKeyProperty("itype");
    return type != null && type.endsWith(DECISION) && name.getKeyProperty("puid") == null;
  }

  private static String id(ObjectName entry) {
    return uid(entry).replace('_', ':');
  }

  private static String uid(ObjectName entry) {
    @Nullable String uid = entry.getKeyProperty("uid");
    return uid == null ? "" : uid;
  }

  private static IllegalStateException unreadable(Exception e) {
    return new IllegalStateException("the transaction log cannot be read", e);
  }
}
