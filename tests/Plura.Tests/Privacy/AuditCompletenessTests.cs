using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Tests.Architecture;

namespace Plura.Tests.Privacy;

/// <summary>
/// Every change leaves exactly one entry. Which changes there are is asked of the route table and of the pages as an account in which
/// everything has happened sees them; how each is done stands in <see cref="WriteSamples"/>, and one that is missing there fails here.
/// </summary>
public sealed partial class AuditCompletenessTests(PluraApp app)
{
    [Fact]
    public void Every_route_that_changes_something_has_a_sample_or_a_reason()
    {
        var routes = EndpointRules.Ours(app.Services.GetRequiredService<EndpointDataSource>()).Where(e => !EndpointRules.IsPage(e))
            .SelectMany(e => EndpointRules.Methods(e).Where(m => m is not ("GET" or "HEAD" or "OPTIONS")).Select(m => $"{m} {EndpointRules.Pattern(e)}")).ToHashSet(StringComparer.Ordinal);
        var known = new WriteSamples(app, null!).All.Keys.Concat(WriteSamples.Reasons.Keys).Where(k => k.Contains('/', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(routes.Except(known, StringComparer.Ordinal));
        Assert.Empty(known.Except(routes, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_form_of_a_page_has_a_sample_or_a_reason()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var inside = await account.SignIn();
        var home = await LivedIn.In(own, account);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in EndpointRules.Ours(own.Services.GetRequiredService<EndpointDataSource>()).Where(e => EndpointRules.Pattern(e).StartsWith("/a/", StringComparison.Ordinal)))
        {
            if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.Name is not { } page)
                continue;
            foreach (var path in home.Paths(endpoint))
            {
                // A page that leads elsewhere has no form of its own.
                foreach (var form in (await inside.Page(await inside.Send(HttpMethod.Get, path, follow: false))).Document.QuerySelectorAll("form input[name=_handler]").Select(i => i.GetAttribute("value") ?? ""))
                    found.Add($"{page} {Id().Replace(form, "")}");
            }
        }

        var known = new WriteSamples(own, account).All.Keys.Concat(WriteSamples.Reasons.Keys).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(found.Except(known, StringComparer.Ordinal));
        Assert.True(found.Count > 12, $"Only {found.Count} forms were found: {string.Join(", ", found)}");
    }

    [Fact]
    public async Task Every_change_leaves_exactly_one_entry_by_whoever_made_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.SignIn();
        var acts = own.Services.GetServices<IModule>().SelectMany(m => m.Acts).ToDictionary(a => a.Act, StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var (name, prepare) in new WriteSamples(own, account).All)
        {
            try
            {
                var write = await prepare();
                var before = (await account.Log(own)).Count;
                await write();
                var left = (await account.Log(own)).Skip(before).Where(e => acts.GetValueOrDefault(e.Act)?.Group != ActGroup.Look).ToList();
                var actor = name.StartsWith("POST /a/", StringComparison.Ordinal) || !name.Contains('/', StringComparison.Ordinal) ? "user" : name.Contains("/api/", StringComparison.Ordinal) ? "token" : "visitor";
                if (left.Count != 1)
                    wrong.Add($"{name} left {left.Count} entries: {string.Join(", ", left.Select(e => e.Act))}");
                else if (left[0].ActorKind != actor || left[0].Outcome != "done")
                    wrong.Add($"{name} is said to be {left[0].Outcome} by {left[0].ActorKind}");
                else if (!acts.ContainsKey(left[0].Act))
                    wrong.Add($"{name} is called {left[0].Act}, which has no words in any module");
                else
                    TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {left[0].Act} about {left[0].Kind ?? "nothing"} {left[0].About}");
            }
            catch (Exception error) when (error is InvalidOperationException or Xunit.Sdk.XunitException or KeyNotFoundException)
            {
                wrong.Add($"{name} could not be done: {error.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_act_that_a_handler_notes_by_itself_has_words()
    {
        var words = app.Services.GetServices<IModule>().SelectMany(m => m.Acts).Select(a => a.Act).ToHashSet(StringComparer.Ordinal);
        var noted = SourceRules.Files("src", ".cs", ".razor").SelectMany(f => Noted().Matches(File.ReadAllText(f)).Select(m => m.Groups["act"].Value)).ToHashSet(StringComparer.Ordinal);
        Assert.True(noted.Count > 10, $"Only {noted.Count} acts were found in the source.");
        Assert.Empty(noted.Except(words, StringComparer.Ordinal));
    }

    /// <summary>A form for each thing of a list bears the thing's id.</summary>
    [GeneratedRegex(@"-[0-9a-f]{8}-[0-9a-f-]{27}$", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"audit\.(?:Note|Draft)\(""(?<act>[a-z_.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Noted();
}
