using System.Reflection;

namespace Plura.Tests.Architecture;

/// <summary>Who may import whom. The order is the one table kept by hand: a new edge is a decision record and a line here.</summary>
public static class ModuleRules
{
    /// <summary>Each may use the contracts of those in earlier lines; those in one line do not see each other.</summary>
    public static readonly string[][] Order =
    [
        ["Accounts"],
        ["Privacy"],
        ["Automations"],
        ["Contacts"],
        ["Messaging"],
        ["Conversations"],
        ["Calendars", "Opportunities", "Payments", "Sites"],
        ["Campaigns"],
        ["Analytics"],
        ["Compat"],
    ];

    /// <summary>Namespaces of the modules' assembly that are no module: the design system, and the migrations that EF writes.</summary>
    private static readonly string[] Aside = ["Ui", "Migrations"];

    private static readonly string[] Attractors =
        ["Common", "Shared", "Core", "Infrastructure", "Utils", "Util", "Utility", "Utilities", "Service", "Services", "Manager", "Helper", "Helpers", "Dto", "Impl", "Base"];

    /// <summary>Formats and the platform's own building stones; anything else is a vendor and belongs into the adapters.</summary>
    private static readonly string[] NoVendors =
    [
        "System.", "Microsoft.", "netstandard", "Plura.", "Npgsql", "EFCore.NamingConventions", "NodaTime", "MimeKit", "BouncyCastle", "PhoneNumbers",
        "Scriban", "AngleSharp", "HtmlSanitizer", "Sylvan", "UtfUnknown", "YamlDotNet", "Bogus", "Markdig", "QRCoder", "OpenTelemetry", "OpenIddict",
    ];

    public static IEnumerable<string> WrongImports(Assembly assembly)
    {
        foreach (var (from, to) in Usage.Pairs(assembly))
        {
            if (to.Assembly != assembly || Module(from) is not { } importer || Module(to) is not { } imported || importer == imported)
                continue;
            if (Aside.Contains(imported, StringComparer.Ordinal) || importer == "Migrations")
                continue;
            if (!IsContract(to))
                yield return $"{from.FullName} uses {to.FullName}, which is {imported}'s own; only {imported}.Contracts may be used";
            else if (Rank(imported) >= Rank(importer))
                yield return $"{from.FullName} uses {to.FullName}, but {imported} does not stand to the left of {importer}";
        }
    }

    public static IEnumerable<string> UnknownModules(Assembly assembly) => assembly.GetTypes()
        .Select(Module).OfType<string>().Distinct()
        .Where(module => !Aside.Contains(module, StringComparer.Ordinal) && !Order.SelectMany(line => line).Contains(module, StringComparer.Ordinal))
        .Select(module => $"{module} stands nowhere in the order of modules");

    public static IEnumerable<string> WrongNamespaces(Assembly assembly) =>
        from type in assembly.GetTypes()
        let parts = (type.Namespace ?? "").Split('.')
        where parts[0] == "Plura" && (parts.Length is < 2 or > 3 || (parts.Length == 3 && parts[2] is not ("Contracts" or "Data")))
        where type.DeclaringType is null && !type.Name.StartsWith('<') && !type.Name.StartsWith('_')
        select $"{type.FullName}: a module has its own namespace, .Contracts and .Data, and no other";

    public static IEnumerable<string> WrongNames(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type.Namespace?.StartsWith("Plura", StringComparison.Ordinal) == true && type.DeclaringType is null
        let name = type.Name.Split('`')[0]
        where Attractors.Any(word => EndsInWord(name, word)) && !IsBackgroundService(type)
        select $"{type.FullName}: such a name attracts everything; name what it does";

    public static IEnumerable<string> Vendors(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Where(reference => !NoVendors.Any(known => reference.Name!.StartsWith(known, StringComparison.Ordinal)) && reference.Name is not ("System" or "mscorlib"))
        .Select(reference => $"{assembly.GetName().Name} references {reference.Name}; vendors stand in Plura.Adapters only");

    /// <summary>References from the engine room to the product.</summary>
    public static IEnumerable<string> ProductReferences(Assembly platform) => platform.GetReferencedAssemblies()
        .Where(reference => reference.Name!.StartsWith("Plura.", StringComparison.Ordinal))
        .Select(reference => $"{platform.GetName().Name} references {reference.Name}");

    /// <summary>Outermost types that call a static method of <paramref name="sealed"/> which makes one.</summary>
    public static IReadOnlyList<string> CallersOfFactory(IEnumerable<Assembly> assemblies, Type @sealed) =>
    [
        .. assemblies.SelectMany(a => a.GetTypes())
            .Where(type => Usage.Outermost(type) != @sealed)
            .Where(type => Usage.Methods(type).SelectMany(Usage.Tokens).OfType<MethodInfo>().Any(m => m.DeclaringType == @sealed && m.IsStatic && m.ReturnType == @sealed))
            .Select(type => Usage.Outermost(type).FullName!).Distinct(),
    ];

    private static string? Module(Type type) => type.Namespace?.Split('.') is ["Plura", var module, ..] ? module : null;

    private static bool IsContract(Type type) => type.Namespace!.Split('.') is [_, _, "Contracts", ..];

    private static int Rank(string module)
    {
        var rank = Array.FindIndex(Order, line => line.Contains(module, StringComparer.Ordinal));
        return rank >= 0 ? rank : int.MaxValue;
    }

    private static bool EndsInWord(string name, string word) =>
        name.EndsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsUpper(name[^(word.Length + 1)]));

    private static bool IsBackgroundService(Type type) => typeof(Microsoft.Extensions.Hosting.IHostedService).IsAssignableFrom(type);
}
