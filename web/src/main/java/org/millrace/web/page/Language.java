package org.millrace.web.page;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;

/**
 * The language of the pages: the one just chosen (request parameter {@code lang}), else the one
 * chosen before (a cookie), else what the browser asks for.
 */
@Named
@RequestScoped
public class Language {

  private static final String NAME = "lang";
  private static final int YEAR = (int) Duration.ofDays(365).toSeconds();

  private Locale locale = Locale.ENGLISH;

  @PostConstruct
  void choose() {
    Locale chosen = supported(Faces.getRequestParameter(NAME));
    Locale before = supported(Faces.getRequestCookie(NAME));
    if (chosen != null) {
      Faces.addResponseCookie(
          NAME,
          chosen.getLanguage(),
          null,
          Faces.getRequestContextPath(),
          YEAR,
          true,
          Map.of("SameSite", "Lax"));
      locale = chosen;
    } else if (before != null) {
      locale = before;
    } else {
      FacesContext context = Faces.getContext();
      locale = context.getApplication().getViewHandler().calculateLocale(context);
    }
  }

  public Locale getLocale() {
    return locale;
  }

  public boolean isChinese() {
    return locale.getLanguage().equals("zh");
  }

  private static @Nullable Locale supported(@Nullable String language) {
    if ("en".equals(language)) {
      return Locale.ENGLISH;
    }
    Iterator<Locale> others = Faces.getContext().getApplication().getSupportedLocales();
    while (language != null && others.hasNext()) {
      Locale other = others.next();
      if (other.getLanguage().equals(language)) {
        return other;
      }
    }
    return null;
  }
}
