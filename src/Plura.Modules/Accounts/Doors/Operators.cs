using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Plura.Accounts;

/// <summary>The people whom the installation's settings name as its operators (<c>Plura__Operators</c>: addresses, separated by commas).</summary>
public sealed class Operators(IConfiguration configuration, IHostEnvironment environment)
{
    private static readonly char[] Separators = [',', ';', ' '];

    public IReadOnlySet<string> Addresses => (configuration["Plura:Operators"] ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The desk opens to a code or a passkey only (<c>Plura__OperatorsNeedSecondFactor</c>). A developer's own desk opens to a password.</summary>
    public bool NeedSecondFactor => configuration.GetValue("Plura:OperatorsNeedSecondFactor", !environment.IsDevelopment());
}
