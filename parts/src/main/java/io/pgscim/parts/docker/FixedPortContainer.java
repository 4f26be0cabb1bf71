package io.pgscim.parts.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.pgscim.parts.PartsException;
import io.pgscim.parts.embedded.FreePort;
import java.time.Duration;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * A container on one fixed port of this machine, so that it can be stopped, killed and started
 * again with its data and address; Testcontainers itself only knows containers that are started
 * once.
 */
final class FixedPortContainer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final GenericContainer<?> container;
  private final int port;

  /** Looks whether the server in the container serves; an exception means not yet. */
  @FunctionalInterface
  interface Check {
    void ask() throws Exception;
  }

  FixedPortContainer(GenericContainer<?> container, int containerPort) {
    this.container = container;
    this.port = FreePort.choose();
    container.setPortBindings(List.of(port + ":" + containerPort));
  }

  String host() {
    return container.getHost();
  }

  int port() {
    return port;
  }

  void start(Check check) {
    if (container.getContainerId() == null) {
      container.start();
    } else {
      try {
        docker().startContainerCmd(container.getContainerId()).exec();
      } catch (NotModifiedException running) {
        return;
      }
    }
    await(check);
  }

  void stop() {
    try {
      docker().stopContainerCmd(container.getContainerId()).withTimeout(30).exec();
    } catch (NotModifiedException stopped) {
      // It was not running: what was asked for.
    }
  }

  void kill() {
    if (container.isRunning()) {
      docker().killContainerCmd(container.getContainerId()).exec();
    }
  }

  void close() {
    container.stop();
  }

  private static DockerClient docker() {
    return DockerClientFactory.lazyClient();
  }

  private void await(Check check) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        check.ask();
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PartsException(
            "interrupted while waiting for " + container.getDockerImageName(), e);
      } catch (Exception notYet) {
        if (System.nanoTime() > end) {
          throw new PartsException(
              container.getDockerImageName() + " does not answer: " + notYet.getMessage(), notYet);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
