using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>
/// What the service tells us it signs with our key: the address that it was given, and each field of the form in the order of the names. The address is
/// the public one, whatever a proxy in between made of it.
/// </summary>
public sealed class TwilioSignature(IOptions<TwilioOptions> options, IConfiguration configuration)
{
    public const string Header = "X-Twilio-Signature";

    public bool Right(HttpRequest request, IFormCollection form)
    {
        Span<byte> given = stackalloc byte[64];
        if (!Convert.TryFromBase64String(request.Headers[Header].ToString(), given, out var length) || length == 0)
            return false;
        var url = $"{PublicAddress.Of(configuration)}{request.PathBase}{request.Path}{request.QueryString}";
        return CryptographicOperations.FixedTimeEquals(Sign(options.Value.AuthToken, url, form.Select(f => KeyValuePair.Create(f.Key, f.Value.ToString()))), given[..length]);
    }

    public static byte[] Sign(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(f => f.Key, StringComparer.Ordinal))
            text.Append(name).Append(value);
#pragma warning disable CA5350 // The service signs by HMAC-SHA-1, of which no forgery is known.
        return HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text.ToString()));
#pragma warning restore CA5350
    }
}
