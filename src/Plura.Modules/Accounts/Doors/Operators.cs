using Microsoft.Extensions.Configuration;

namespace Plura.Accounts;

/// <summary>The people whom the installation's settings name as its operators (<c>Plura__Operators</c>: addresses, separated by commas).</summary>
public sealed class Operators(IConfiguration configuration)
{
    private static readonly char[] Separators = [',', ';', ' '];

    public IReadOnlySet<string> Addresses => (configuration["Plura:Operators"] ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
