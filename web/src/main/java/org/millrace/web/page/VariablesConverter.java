package org.millrace.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.faces.convert.ConverterException;
import jakarta.faces.convert.FacesConverter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Refusal;
import org.millrace.web.json.Json;
import org.millrace.web.json.Variables;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/**
 * Between a field in which a person writes a JSON object and the variables that it means. An empty
 * field means none.
 */
@FacesConverter("millrace.variables")
public class VariablesConverter implements Converter<Map<String, Object>> {

  @Override
  public Map<String, Object> getAsObject(
      FacesContext context, UIComponent component, @Nullable String value) {
    try {
      return Json.read((value == null ? "" : value).getBytes(UTF_8), Variables.class).values();
    } catch (Refusal refusal) {
      FacesMessage message =
          Messages.createError(Faces.getBundleString("json.invalid"), refusal.getMessage());
      throw new ConverterException(message, refusal);
    }
  }

  @Override
  public String getAsString(
      FacesContext context, UIComponent component, @Nullable Map<String, Object> value) {
    return value == null ? "" : Json.pretty(value);
  }
}
