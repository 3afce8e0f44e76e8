using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using Plura.Platform;

namespace Plura.Tests.Architecture;

/// <summary>A handler has five doors, so it validates by itself, before anything else.</summary>
public static class HandlerRules
{
    public static IEnumerable<string> HandlersThatDoNotValidateFirst(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Handler", StringComparison.Ordinal)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.Name == "Handle" && method.GetParameters().FirstOrDefault()?.ParameterType is { } command && HasRules(command)
        where FirstCall(method) != nameof(Validation.Invalid)
        select $"{type.FullName}.Handle: the first line is not 'if (command.Invalid() is {{ }} invalid) return invalid;'";

    /// <summary>What may fail in the background is listed for people where it did, so it says in their words what it is.</summary>
    public static IEnumerable<string> WorkWithoutWords(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false }
            && type.GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(ISubscriber<>) || i.GetGenericTypeDefinition() == typeof(IJobHandler<>)))
        where type.GetCustomAttribute<WorkAttribute>() is not { Words.Length: >= 10 }
        select $"{type.FullName}: no [Work(\"…\")] says what it does";

    private static bool HasRules(Type command) =>
        command.GetProperties().Any(p => p.IsDefined(typeof(ValidationAttribute))) || typeof(IValidatableObject).IsAssignableFrom(command);

    /// <summary>An async method's code is in the state machine that the compiler made of it. Reading a property or making a closure is no act.</summary>
    private static string? FirstCall(MethodInfo method)
    {
        MethodBase code = method.GetCustomAttribute<AsyncStateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", BindingFlags.NonPublic | BindingFlags.Instance) ?? method;
        return Usage.Tokens(code).OfType<MethodInfo>().FirstOrDefault(m => !m.IsSpecialName)?.Name;
    }
}
