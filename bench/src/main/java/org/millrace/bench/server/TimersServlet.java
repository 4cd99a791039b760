package org.millrace.bench.server;

import jakarta.ejb.EJB;
import jakarta.jms.JMSException;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Sets timers that are due within a span of time, evenly, when it is told to. */
@WebServlet("/timers")
public class TimersServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final int AT_ONCE = 50;

  @EJB private transient Sender sender;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    int number = Integer.parseInt(request.getParameter("number"));
    long first = Long.parseLong(request.getParameter("first"));
    double interval = Double.parseDouble(request.getParameter("span")) / number;
    try {
      for (int from = 0; from < number; from += AT_ONCE) {
        int to = Math.min(number, from + AT_ONCE);
        sender.timers(request.getParameter("key"), from, to, first, interval);
      }
    } catch (JMSException e) {
      throw new ServletException(e);
    }
  }
}
