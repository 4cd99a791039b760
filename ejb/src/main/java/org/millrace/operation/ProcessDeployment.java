package org.millrace.operation;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.millrace.api.ProcessDeployer;
import org.millrace.execution.Deployments;

/** Deploys for deployments in the server, which need no role for it. */
@Stateless
@Local(ProcessDeployer.class)
@PermitAll
public class ProcessDeployment implements ProcessDeployer {

  @Inject private Deployments deployments;

  @Override
  public void deploy(String name, byte[] xml) {
    deployments.deploy(name, xml);
  }
}
