using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Adapters;

namespace Plura.Tests.Architecture;

/// <summary>Scanners, prefetchers and mail programs follow every link before a person does: looking must change nothing, and HEAD is looking too.</summary>
public sealed class QuietGetTests(PluraApp app)
{
    /// <summary>Rows that note the visit itself, not a change of anything: the session's and the token's last use.</summary>
    private static readonly string[] Footprints = ["accounts.session", "accounts.api_token"];

    /// <summary>Who looked at whose data: looking leaves this and nothing else.</summary>
    private static readonly string[] Looked = ["privacy.audit_entry INSERT", "privacy.operator_audit_entry INSERT"];

    /// <summary>What an open or a followed link may leave: the event, and the marks on its own send that sum the events up.</summary>
    private static readonly string[] Visits = ["messaging.send_event INSERT", "messaging.send MARK"];

    /// <summary>The kept sums of sends and their events: the database writes them with the event, and folds them now and then.</summary>
    private const string Sums = "messaging.send_tally ";

    /// <summary>Addresses that find nothing although everything is there, and why that is right.</summary>
    private static readonly Dictionary<string, string> FindsNothing = new(StringComparer.Ordinal)
    {
        ["GET /api/v1/campaigns/{id:guid}/recipients/{contactId:guid}"] = "a draft has no recipients yet",
        ["GET /a/{Account}/campaigns/{Id:guid}/why/{ContactId:guid}"] = "nothing was decided about anybody in a draft",
        ["GET /oauth/authorize"] = "without an app's question there is nothing to answer",
    };

    /// <summary>Routes that do not take HEAD, and why.</summary>
    private static readonly Dictionary<string, string> WithoutHead = new(StringComparer.Ordinal)
    {
        ["/a/{account}/live"] = "a stream has no end that its headers could tell of",
    };

    private const string Watch = """
        create schema watch;
        create table watch.change (name text, act text);
        create function watch.note() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
        declare act text := tg_op; marks text[] := array['opened_at', 'clicked_at', 'robot_opened_at', 'robot_clicked_at'];
        begin
            if tg_op = 'UPDATE' and tg_table_schema = 'messaging' and tg_table_name = 'send' and to_jsonb(new) - marks = to_jsonb(old) - marks then act := 'MARK'; end if;
            insert into watch.change values (tg_table_schema || '.' || tg_table_name, act);
            return null;
        end $$;
        do $$ declare t record; begin
            for t in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'watch') loop
                execute format('create trigger zz_watch after insert or update or delete on %s for each row execute function watch.note()', t.name);
            end loop;
        end $$;
        """;

    [Fact]
    public async Task Get_head_and_prefetch_change_nothing()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var inside = await account.SignIn();
        var home = await LivedIn.In(own, account);
        await using var owner = await own.OpenOwner();
        await owner.Do(Watch);
        var (wrong, found, visits) = (new List<string>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var missed = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var endpoint in EndpointRules.Ours(own.Services.GetRequiredService<EndpointDataSource>()).Where(e => EndpointRules.Methods(e).Contains("GET")))
        {
            var pattern = EndpointRules.Pattern(endpoint);
            var accept = endpoint.Metadata.GetMetadata<JsonOnly.Mark>() is null ? "text/html" : "application/json";
            foreach (var path in home.Paths(endpoint))
            {
                var browser = path.StartsWith("/api/", StringComparison.Ordinal) ? account.Api : inside;
                using var get = await browser.Send(HttpMethod.Get, path, follow: false, accept: accept);
                await Look(HttpMethod.Get, path);
                using var head = await browser.Send(HttpMethod.Head, path, follow: false, accept: accept);
                await Look(HttpMethod.Head, path);
                using (await browser.Send(HttpMethod.Get, path, follow: false, accept: accept, prefetch: true))
                    await Look(HttpMethod.Get, path);
                (get.StatusCode < HttpStatusCode.BadRequest ? found : missed.TryGetValue("GET " + pattern, out var paths) ? paths : missed["GET " + pattern] = []).Add($"{(int)get.StatusCode} {path}");
                if (!WithoutHead.ContainsKey(pattern))
                    wrong.AddRange(await Differences(path, get, head));
                else if (head.StatusCode < HttpStatusCode.BadRequest)
                    wrong.Add($"HEAD {path} is answered: take it off the list");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{found.Count} addresses found something. Nothing found:\n{string.Join('\n', missed.SelectMany(m => m.Value.Select(path => $"{path}  {FindsNothing.GetValueOrDefault(m.Key, "(no reason given)")}")))}");
        wrong.AddRange(missed.Where(m => !FindsNothing.ContainsKey(m.Key)).Select(m => $"{m.Key} found nothing: {string.Join(", ", m.Value)}"));
        wrong.AddRange(FindsNothing.Keys.Except(missed.Keys, StringComparer.Ordinal).Select(route => $"{route} found something: take it off the list"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(found.Count > 60, $"Only {found.Count} addresses found something.");
        // The watch sees: opens and clicks left their events.
        Assert.Equal(Visits.Order(StringComparer.Ordinal), visits.Order(StringComparer.Ordinal));

        async Task Look(HttpMethod method, string path)
        {
            var changed = (await owner.Rows("delete from watch.change returning name || ' ' || act")).Select(r => (string)r[0]!).Where(c => !Looked.Contains(c, StringComparer.Ordinal) && !Footprints.Contains(c.Split(' ')[0], StringComparer.Ordinal)).Distinct().ToList();
            var tracked = path.StartsWith("/o/", StringComparison.Ordinal) || path.StartsWith("/l/", StringComparison.Ordinal);
            if (tracked)
                changed.RemoveAll(c => c.StartsWith(Sums, StringComparison.Ordinal));
            visits.UnionWith(changed.Where(c => tracked && Visits.Contains(c, StringComparer.Ordinal)));
            if (changed.Where(c => !tracked || !Visits.Contains(c, StringComparer.Ordinal)).ToList() is { Count: > 0 } loud)
                wrong.Add($"{method} {path} changed {string.Join(", ", loud)}");
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/privacy")]
    [InlineData("/sign-in")]
    public async Task Head_is_answered_as_a_page_is_without_the_page(string path)
    {
        using var head = await app.NewBrowser().Send(HttpMethod.Head, path);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("text/html", head.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Head_of_a_page_that_does_not_exist_says_so()
    {
        using var head = await app.NewBrowser().Send(HttpMethod.Head, "/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    [Fact]
    public async Task A_stranger_is_asked_to_sign_in_the_same_way_by_head()
    {
        var account = await app.NewAccount();
        using var head = await app.NewBrowser().Send(HttpMethod.Head, account.Page("contacts"), follow: false);
        Assert.Equal($"/sign-in?return={Uri.EscapeDataString(account.Page("contacts"))}", head.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_change_is_noticed()
    {
        await using var own = await app.Another();
        await using var owner = await own.OpenOwner();
        await owner.Do(Watch);
        await own.NewAccount();
        Assert.True(await owner.Ask<long>("select count(*) from watch.change where name = 'accounts.account'") > 0);
    }

    [Fact]
    public async Task A_change_of_a_send_that_is_no_mark_is_noticed()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await LivedIn.In(own, account);
        await using var owner = await own.OpenOwner();
        await owner.Do(Watch);
        await owner.Do("update messaging.send set opened_at = now()");
        Assert.Equal("MARK", await owner.Ask<string>("select distinct act from watch.change where name = 'messaging.send'"));
        await owner.Do("delete from watch.change");
        await owner.Do("update messaging.send set opened_at = null, state = 'unknown'");
        Assert.Equal("UPDATE", await owner.Ask<string>("select distinct act from watch.change where name = 'messaging.send'"));
    }

    private static async Task<IEnumerable<string>> Differences(string path, HttpResponseMessage get, HttpResponseMessage head)
    {
        var differences = new List<string>();
        if (head.StatusCode != get.StatusCode)
            differences.Add($"HEAD {path} answered {(int)head.StatusCode}, GET {(int)get.StatusCode}");
        if (head.Content.Headers.ContentType?.ToString() != get.Content.Headers.ContentType?.ToString())
            differences.Add($"HEAD {path} is {head.Content.Headers.ContentType}, GET {get.Content.Headers.ContentType}");
        if (head.Headers.Location != get.Headers.Location)
            differences.Add($"HEAD {path} leads to {head.Headers.Location}, GET to {get.Headers.Location}");
        if ((await head.Content.ReadAsByteArrayAsync()).Length > 0)
            differences.Add($"HEAD {path} has a body");
        return differences;
    }
}
