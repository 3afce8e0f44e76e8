using System.Reflection;
using System.Text.RegularExpressions;

namespace Plura.Tests.Architecture;

/// <summary>
/// An expression ends by how it is written, or by <see cref="RegexOptions.NonBacktracking"/>, and not by a clock: a program that stood
/// still for a moment, by load or by the collector, would take a harmless text for a dangerous one. A mail server's "accepted" would
/// become a letter of which nobody knows whether it arrived.
/// </summary>
public static class ExpressionRules
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Clocked(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(Any)
        where method.GetCustomAttribute<GeneratedRegexAttribute>() is { MatchTimeoutMilliseconds: > 0 }
        select $"{type.FullName}.{method.Name} is stopped by a clock";
}
