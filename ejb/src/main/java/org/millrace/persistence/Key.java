package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** The primary key of what belongs to an instance and has a number in it. */
@Embeddable
record Key(@Column(name = "instance_id") String instanceId, @Column(name = "number") int number) {}
