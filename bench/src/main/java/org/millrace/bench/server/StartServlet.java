package org.millrace.bench.server;

import jakarta.ejb.EJB;
import jakarta.jms.JMSException;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Begins a run when it is told to. */
@WebServlet("/start")
public class StartServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final int AT_ONCE = 50;

  @EJB private transient Sender sender;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    int number = Integer.parseInt(request.getParameter("number"));
    String size = request.getParameter("bytes");
    int bytes = size == null ? 0 : Integer.parseInt(size);
    try {
      for (int from = 0; from < number; from += AT_ONCE) {
        sender.send(
            request.getParameter("queue"),
            request.getParameter("process"),
            request.getParameter("key"),
            bytes,
            from,
            Math.min(number, from + AT_ONCE));
      }
    } catch (JMSException e) {
      throw new ServletException(e);
    }
  }
}
