using Microsoft.Extensions.Configuration;

namespace Plura.Platform;

/// <summary>Where people reach the installation: what links in mails begin with. <c>Plura__PublicUrl</c>, else where it listens.</summary>
public static class PublicAddress
{
    private const string Usual = "http://localhost:5080";

    /// <summary>Without a slash at its end.</summary>
    public static string Of(IConfiguration configuration) =>
        (configuration["Plura:PublicUrl"] is { Length: > 0 } chosen ? chosen : Listening(configuration) ?? Usual).TrimEnd('/');

    private static string? Listening(IConfiguration configuration)
    {
        var first = (configuration["urls"] ?? configuration["ASPNETCORE_URLS"])?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        // "Every address of this machine" is none that a link could name, and port 0 is chosen only when the server starts.
        var named = first?.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal);
        return Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri.Port > 0 ? named : null;
    }
}
