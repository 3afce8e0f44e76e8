using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Tests.Architecture;

namespace Plura.Tests;

/// <summary>Another site's form changes nothing here: whatever takes a post refuses one without our token. The addresses are asked for, never listed.</summary>
public sealed class CsrfTests(PluraApp app)
{
    /// <summary>What takes a post from anywhere, and why that is right.</summary>
    private static readonly Dictionary<string, string> FromAnywhere = new(StringComparer.Ordinal)
    {
        ["/u/{token}"] = "mail programs post here by RFC 8058; the signed link is the key",
        ["/p/{token}"] = "the signed link is the key, and no session counts",
        ["/f/{form}"] = "accounts show their form on their own website; no session counts",
        ["/f/{form}/confirm/{token}"] = "the mailed link is the key, and no session counts",
    };

    [Fact]
    public async Task Every_post_without_the_token_is_refused()
    {
        var account = await app.NewAccount();
        var inside = await account.SignIn();
        var (wrong, refused) = (new List<string>(), 0);
        foreach (var endpoint in EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>()))
        {
            var pattern = EndpointRules.Pattern(endpoint);
            if (pattern.StartsWith("/api/", StringComparison.Ordinal) || FromAnywhere.ContainsKey(pattern))
                continue;
            foreach (var method in EndpointRules.Methods(endpoint).Where(m => m is not ("GET" or "HEAD" or "OPTIONS" or "TRACE")))
            {
                using var forged = new FormUrlEncodedContent([new("_handler", "forged"), new("Command.Name", "Forged")]);
                using var answer = await inside.Send(HttpMethod.Parse(method), EndpointRules.Path(endpoint, account.Slug), forged, follow: false);
                // The owner may do everything here: a "forbidden" means the token.
                if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
                    refused++;
                else
                    wrong.Add($"{method} {pattern} answered {(int)answer.StatusCode} to a post of another site");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(refused > 30, $"Only {refused} addresses were asked.");
    }

    [Fact]
    public async Task A_token_of_another_persons_page_does_not_count()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var page = await (await mine.SignIn()).Get(mine.Page("settings/tokens"));
        var token = page.Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var forged = new FormUrlEncodedContent([new("_handler", "create-token"), new("__RequestVerificationToken", token), new("Command.Name", "Forged")]);
        using var answer = await (await other.SignIn()).Send(HttpMethod.Post, other.Page("settings/tokens"), forged, follow: false);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public void Every_exception_still_exists()
    {
        var patterns = EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>()).Select(EndpointRules.Pattern).ToHashSet(StringComparer.Ordinal);
        Assert.All(FromAnywhere.Keys, pattern => Assert.Contains(pattern, patterns));
    }
}
