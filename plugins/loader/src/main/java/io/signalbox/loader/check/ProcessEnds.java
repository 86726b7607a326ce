package io.signalbox.loader.check;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds code that would end the gateway's process, or that registers with it for its end: {@code
 * System.exit}, {@code Runtime.exit}, {@code Runtime.halt}, {@code Runtime.addShutdownHook}; called
 * or handed on as a method reference. What is called by reflection or from native code is not
 * found: this catches carelessness, not malice.
 */
final class ProcessEnds extends ClassVisitor {
  private static final Map<String, Set<String>> METHODS =
      Map.of(
          "java/lang/System", Set.of("exit"),
          "java/lang/Runtime", Set.of("exit", "halt", "addShutdownHook"));

  private final String type;
  private @Nullable Call found;

  /**
   * A call.
   *
   * @param target what is called, such as {@code System.exit}
   * @param caller class and method that calls it
   */
  record Call(String target, String caller) {}

  private ProcessEnds(String type) {
    super(Opcodes.ASM9);
    this.type = type;
  }

  /** The first such call of a class. */
  static Optional<Call> find(ClassReader code) {
    ProcessEnds visitor = new ProcessEnds(code.getClassName().replace('/', '.'));
    code.accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return Optional.ofNullable(visitor.found);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String method,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String called, boolean isInterface) {
        look(owner, name);
      }

      @Override
      public void visitInvokeDynamicInsn(
          String name, String called, Handle bootstrap, Object... arguments) {
        for (Object argument : arguments) {
          lookAtConstant(argument);
        }
      }

      @Override
      public void visitLdcInsn(Object value) {
        lookAtConstant(value);
      }

      private void lookAtConstant(Object constant) {
        if (constant instanceof Handle handle) {
          look(handle.getOwner(), handle.getName());
        } else if (constant instanceof ConstantDynamic dynamic) {
          for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
            lookAtConstant(dynamic.getBootstrapMethodArgument(i));
          }
        }
      }

      private void look(String owner, String name) {
        if (found == null && METHODS.getOrDefault(owner, Set.of()).contains(name)) {
          String target = owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
          found = new Call(target, type + "." + method);
        }
      }
    };
  }
}
