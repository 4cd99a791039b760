package org.millrace.bench.server;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.jms.JMSException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Starts one instance after the other, each in its time, when it is told to. */
@WebServlet("/pace")
public class PaceServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @EJB private transient Sender sender;
  @Resource private transient ManagedScheduledExecutorService executor;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    String queue = request.getParameter("queue");
    String process = request.getParameter("process");
    int number = Integer.parseInt(request.getParameter("number"));
    long first = Long.parseLong(request.getParameter("first"));
    long interval = Long.parseLong(request.getParameter("interval"));
    for (int i = 0; i < number; i++) {
      String key = request.getParameter("key") + "-" + i;
      long at = first + i * interval - System.currentTimeMillis();
      ScheduledFuture<?> unused =
          executor.schedule(() -> start(queue, process, key), at, TimeUnit.MILLISECONDS);
    }
  }

  private void start(String queue, String process, String key) {
    try {
      sender.start(queue, process, key, "{\"n\":0}");
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
  }
}
