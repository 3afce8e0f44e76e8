using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Privacy;
using Plura.Tests.Architecture;

namespace Plura.Tests;

/// <summary>Another site's form changes nothing here: whatever takes a post refuses one without our token. Forms and addresses are found, never listed.</summary>
public sealed class CsrfTests(PluraApp app)
{
    /// <summary>What takes a post from anywhere, and why that is right.</summary>
    private static readonly Dictionary<string, string> FromAnywhere = new(StringComparer.Ordinal)
    {
        ["/u/{token}"] = "mail programs post here by RFC 8058; the signed link is the key",
        ["/p/{token}"] = "the signed link is the key, and no session counts",
        ["/f/{form}"] = "accounts show their form on their own website; no session counts",
        ["/f/{form}/confirm/{token}"] = "the mailed link is the key, and no session counts",
        ["/oauth/token"] = "programs post here with their own secret; no session counts",
        ["/chat/{key}/begin"] = "visitors of an account's own website chat from there; no session counts, and a foreign website is refused by its origin",
        ["/chat/{key}/messages"] = "the chat's own token in a header is the key, and no session counts",
        ["/chat/{key}/me"] = "the chat's own token in a header is the key, and no session counts",
        ["/chat/{key}/listen"] = "the chat's own token in a header is the key, and no session counts",
        ["/dev/inbound/email"] = "plays a mail server while one develops; JSON, and no session counts",
        ["/dev/inbound/sms"] = "plays a phone while one develops; JSON, and no session counts",
        ["/dev/inbound/chat"] = "plays a visitor, in development only",
    };

    [Fact]
    public async Task Every_form_is_refused_without_its_token_and_changes_nothing_and_with_it_is_not_refused_for_it()
    {
        await using var own = await app.Another("--Plura:Roles=web", "--Accounts:SignIn:TriesPerMinute=100000");
        var account = await own.NewAccount();
        var home = await LivedIn.In(own, account);
        var inside = await account.SignIn();
        var anywhere = Endpoints(own).Where(e => FromAnywhere.ContainsKey(EndpointRules.Pattern(e))).SelectMany(home.Paths).ToHashSet(StringComparer.Ordinal);
        var forms = (await PageForms.Of(own, home, inside, own.NewBrowser())).Where(f => !anywhere.Contains(f.Target.Split('?')[0])).ToList();
        await own.Services.GetRequiredService<ReadLog>().Flush(CancellationToken.None);
        var (wrong, before) = (new List<string>(), await Rows.Everything(own));
        foreach (var form in forms)
        {
            if (await Post(form, token: false) is var (status, _) && status != 400)
                wrong.Add($"{form.Name} at {form.Target} answered {status} to a post of another site");
        }

        // What no page shows as a form (a script's questions, what a thing that this account has not would show) is asked by its address.
        foreach (var endpoint in Endpoints(own).Where(e => !EndpointRules.IsPage(e) && TakesForms(e)))
        {
            foreach (var method in EndpointRules.Methods(endpoint).Where(m => m is not ("GET" or "HEAD" or "OPTIONS" or "TRACE")))
            {
                using var forged = new FormUrlEncodedContent([new("Command.Name", "Forged")]);
                using var answer = await inside.Send(HttpMethod.Parse(method), home.Paths(endpoint).First(), forged, follow: false);
                if (answer.StatusCode != HttpStatusCode.BadRequest)
                    wrong.Add($"{method} {EndpointRules.Pattern(endpoint)} answered {(int)answer.StatusCode} to a post of another site");
            }
        }

        await own.Services.GetRequiredService<ReadLog>().Flush(CancellationToken.None);
        var after = await Rows.Everything(own);
        Assert.True(before == after, "Posts without a token changed: " + Rows.Changed(before, after));

        var reached = 0;
        foreach (var form in forms)
        {
            var (status, location) = await Post(form, token: true);
            // An earlier form ended the session.
            if (form.Browser == inside && location.StartsWith("/sign-in", StringComparison.Ordinal))
            {
                await account.SignIn();
                (status, _) = await Post(form, token: true);
            }

            // What an earlier form took away shows its form no more.
            if (status == 400 && await StillShown(form))
                wrong.Add($"{form.Name} at {form.Target} answered {status} although the token was there");
            if (status is 200 or 302 or 303)
                reached++;
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(reached > 60, $"Only {reached} of {forms.Count} forms were answered.");
    }

    [Fact]
    public void Whatever_takes_forms_asks_for_the_token() => Assert.Empty(Unguarded(Endpoints(app)));

    [Fact]
    public async Task What_takes_a_form_and_does_not_ask_is_caught()
    {
        await using var web = WebApplication.CreateSlimBuilder().Build();
        web.MapPost("/open", (IFormCollection form) => form.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)).DisableAntiforgery();
        web.MapPost("/raw", (HttpContext http) => http.Request.Path.ToString());
        web.MapPost("/guarded", (IFormCollection form) => form.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        web.MapPost("/by-hand", (HttpContext http, IAntiforgery antiforgery) => antiforgery.ValidateRequestAsync(http)).DisableAntiforgery();
        web.MapGet("/look", () => "look");
        Assert.Equal(["/open", "/raw"], Unguarded(((IEndpointRouteBuilder)web).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()));
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
        var patterns = Endpoints(app).Select(EndpointRules.Pattern).ToHashSet(StringComparer.Ordinal);
        Assert.All(FromAnywhere.Keys, pattern => Assert.Contains(pattern, patterns));
    }

    private static List<RouteEndpoint> Endpoints(PluraApp host) => [.. EndpointRules.Ours(host.Services.GetRequiredService<EndpointDataSource>())];

    /// <summary>A post that a browser could be made to send with its cookies: programs send a token of their own instead.</summary>
    private static bool TakesForms(RouteEndpoint endpoint) =>
        EndpointRules.Methods(endpoint).Any(m => m is not ("GET" or "HEAD" or "OPTIONS" or "TRACE")) && EndpointRules.Pattern(endpoint) is var pattern && !pattern.StartsWith("/api/", StringComparison.Ordinal) && !FromAnywhere.ContainsKey(pattern);

    /// <summary>Neither does the framework ask for the token, nor has the handler what it needs to ask by itself; whether it does is what the posts show.</summary>
    private static IEnumerable<string> Unguarded(IEnumerable<RouteEndpoint> endpoints) => endpoints.Where(TakesForms)
        .Where(e => e.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != true
            && e.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.GetParameters().Any(p => Asks(p.ParameterType)) != true)
        .Select(EndpointRules.Pattern);

    /// <summary>The framework's own check, or a service of ours that has it.</summary>
    private static bool Asks(Type parameter) => parameter == typeof(IAntiforgery) || parameter.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(IAntiforgery)));

    private static async Task<bool> StillShown(PageForm form)
    {
        if (form.Handler is not { } handler)
            return true;
        var page = await form.Browser.Page(await form.Browser.Send(HttpMethod.Get, form.Target, follow: false));
        return page.Document.QuerySelectorAll("input[name=_handler]").Any(i => i.GetAttribute("value") == handler);
    }

    private static async Task<(int Status, string Location)> Post(PageForm form, bool token)
    {
        using var content = form.Content(token);
        using var answer = await form.Browser.Send(HttpMethod.Post, form.Target, content, follow: false);
        return ((int)answer.StatusCode, answer.Headers.Location?.OriginalString ?? "");
    }
}
