package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Definitions;
import org.millrace.api.operation.ElementView;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.Modification;
import org.millrace.api.operation.Preview;
import org.millrace.web.json.Json;

/** Changes where an instance stands: shows first what would happen, and then does just that. */
@Named
@ViewScoped
public class ModifyPage implements Serializable {

  @EJB private Instances instances;
  @EJB private Definitions definitions;
  @Inject private Attempt attempt;

  private String id = "";
  private transient @Nullable InstanceView instance;
  private String diagram = "";
  private String marks = "{}";
  private List<Choice> standing = List.of();
  private List<Choice> elements = List.of();
  private List<String> cancel = List.of();
  private List<String> startBefore = List.of();
  private Map<String, Object> variables = Map.of();
  private final Foresight<Modification> foresight = new Foresight<>();

  public void load() {
    InstanceView found = attempt.found(() -> instances.get(id));
    if (found != null) {
      instance = found;
      diagram = Document.text(definitions.xml(found.process(), found.version()));
      marks = Json.pretty(Marks.of(found));
      List<ElementView> all = definitions.elements(found.process(), found.version());
      elements = all.stream().map(Choice::of).toList();
      Set<String> at = standing(found, all);
      standing = elements.stream().filter(element -> at.contains(element.value())).toList();
    }
  }

  /** Where tokens are, and the sub-processes around them. */
  private static Set<String> standing(InstanceView instance, List<ElementView> all) {
    Map<String, String> within = new LinkedHashMap<>();
    all.forEach(element -> within.put(element.id(), element.within()));
    Set<String> at = new LinkedHashSet<>();
    for (InstanceView.TokenView token : instance.tokens()) {
      String place = token.activity();
      while (place != null && at.add(place)) {
        place = within.get(place);
      }
    }
    return at;
  }

  public void preview() {
    foresight.show(asked(), attempt, this::previewed);
  }

  public @Nullable String carryOut() {
    if (!foresight.carryOut(
        asked(), attempt, this::previewed, asked -> instances.modify(id, asked))) {
      return null;
    }
    attempt.say("modify.done");
    return "instance?faces-redirect=true&id=" + id;
  }

  private Preview previewed(Modification asked) {
    return instances.previewModification(id, asked);
  }

  private Modification asked() {
    return new Modification(List.copyOf(cancel), List.copyOf(startBefore), variables);
  }

  public @Nullable Preview getPreview() {
    return foresight.preview();
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public @Nullable InstanceView getInstance() {
    return instance;
  }

  public String getDiagram() {
    return diagram;
  }

  public String getMarks() {
    return marks;
  }

  public List<Choice> getStanding() {
    return standing;
  }

  public List<Choice> getElements() {
    return elements;
  }

  public List<String> getCancel() {
    return cancel;
  }

  public void setCancel(List<String> cancel) {
    this.cancel = cancel;
  }

  public List<String> getStartBefore() {
    return startBefore;
  }

  public void setStartBefore(List<String> startBefore) {
    this.startBefore = startBefore;
  }

  public Map<String, Object> getVariables() {
    return variables;
  }

  public void setVariables(Map<String, Object> variables) {
    this.variables = variables;
  }
}
