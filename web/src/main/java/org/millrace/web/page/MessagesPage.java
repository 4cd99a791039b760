package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.MessageView;
import org.millrace.api.operation.Messages;
import org.millrace.api.operation.Page;

/** The messages that were set aside: refused, or not to be delivered. */
@Named
@ViewScoped
public class MessagesPage implements Serializable {

  private static final String HERE = "messages?faces-redirect=true&includeViewParams=true";

  private static final Set<String> SHOWN = Set.of("reason", "rejectedFrom");

  /** How many rows a page has. */
  private static final int SIZE = 50;

  @EJB private Messages messages;
  @Inject private Attempt attempt;

  private String queue = Messages.QUEUES.get(0);
  private final Rows<MessageView> rows = new Rows<>(this::find);

  public void load() {
    rows.load(null, SIZE);
  }

  private @Nullable Page<MessageView> find(int first, int size) {
    return attempt.result(() -> messages.find(queue, first, size));
  }

  /** As its sender wrote them, but for what a column shows. */
  public Map<String, Object> properties(MessageView message) {
    Map<String, Object> properties = new LinkedHashMap<>(message.properties());
    properties.keySet().removeAll(SHOWN);
    return properties;
  }

  public @Nullable String replay(String id) {
    if (!attempt.done(() -> messages.replay(id))) {
      return null;
    }
    attempt.say("message.replayed");
    return HERE;
  }

  public @Nullable String replayAll() {
    Integer replayed = attempt.result(() -> messages.replayAll(queue));
    if (replayed == null) {
      return null;
    }
    attempt.say("message.allReplayed", replayed);
    return HERE;
  }

  public Rows<MessageView> getRows() {
    return rows;
  }

  public List<String> getQueues() {
    return Messages.QUEUES;
  }

  public String getQueue() {
    return queue;
  }

  /** What is none of them is the first: somebody has written the address by hand. */
  public void setQueue(@Nullable String queue) {
    this.queue = queue != null && Messages.QUEUES.contains(queue) ? queue : Messages.QUEUES.get(0);
  }
}
