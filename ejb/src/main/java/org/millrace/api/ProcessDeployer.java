package org.millrace.api;

import org.millrace.api.operation.DeploymentRefused;

/**
 * The door through which a deployment in the server deploys the processes that it carries, best
 * from a startup bean: then the server is ready only when they are, and a process that cannot run
 * stops its own deployment, with all its problems in the log.
 *
 * <p>It is a local view under {@link #JNDI_NAME} and asks for no role: whoever may deploy code into
 * the server may deploy processes. For all others there are the queue {@code millrace.deploy} and
 * the JSON resources. Transaction: REQUIRED.
 */
public interface ProcessDeployer {

  String JNDI_NAME =
      "java:global/millrace/millrace-ejb/ProcessDeployment!org.millrace.api.ProcessDeployer";

  /**
   * Deploys a BPMN document. A changed one makes the next version of its processes; the same bytes
   * again change nothing.
   *
   * @param name a file name, for people
   * @param xml the document; its XML declaration names the encoding
   * @throws DeploymentRefused with all problems, if any of it cannot be run
   */
  void deploy(String name, byte[] xml);
}
