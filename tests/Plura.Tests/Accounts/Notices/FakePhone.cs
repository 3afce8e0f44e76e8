using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plura.Tests;

/// <summary>A browser's side of web push: its keys, its address, and what it got.</summary>
internal sealed class FakePhone
{
    private static int number;
    private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public string Endpoint { get; private init; } = "";

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(16);

    public byte[] Point
    {
        get
        {
            var q = key.ExportParameters(false).Q;
            return [4, .. q.X!, .. q.Y!];
        }
    }

    public byte[] Private => key.ExportParameters(true).D!;

    /// <summary>What its page's script fills in.</summary>
    public Dictionary<string, object?> Form => new(StringComparer.Ordinal) { ["Allowing.Endpoint"] = Endpoint, ["Allowing.Key"] = Base64Url.EncodeToString(Point), ["Allowing.Secret"] = Base64Url.EncodeToString(Secret) };

    /// <param name="story">How its address ends; see <c>DevPush</c>.</param>
    public static FakePhone New(string story = "") => At($"https://push.example.net/send/{Guid.CreateVersion7(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero)):N}{Interlocked.Increment(ref number)}{story}");

    public static FakePhone At(string endpoint) => new() { Endpoint = endpoint };
}

internal static class Phones
{
    public static async Task TurnOnPush(this Browser browser, FakePhone phone)
    {
        var page = await (await browser.Get("/me/notifications")).Submit("[name='Allowing.Endpoint']", phone.Form);
        Assert.Contains("This device gets notifications now.", page.Text, StringComparison.Ordinal);
    }

    /// <summary>Lets what is due go out, then answers what was pushed to somebody's devices, oldest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Pushed(this PluraApp app, string address)
    {
        await app.Work(mayFail: true);
        await using var open = await app.OpenOwner();
        return [.. (await open.Rows("select source from dev.message where recipient = $1 and channel = 'push' order by at, id", address)).Select(r => JsonSerializer.Deserialize<JsonElement>((byte[])r[0]!))];
    }
}
