package org.millrace.web.page;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Migrations.Place;

/** One line of a mapping: an element of the old version, and what is chosen for it in the new. */
public class MappingRow implements Serializable {

  private final transient Place place;
  private @Nullable String target;

  MappingRow(Place place) {
    this.place = place;
    target = place.counterparts().contains(place.element()) ? place.element() : null;
  }

  public Place getPlace() {
    return place;
  }

  public @Nullable String getTarget() {
    return target;
  }

  public void setTarget(@Nullable String target) {
    this.target = target;
  }
}
