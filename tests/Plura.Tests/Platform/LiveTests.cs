using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Tests.Campaigns;
using Plura.Tests.Sites;

namespace Plura.Tests;

public sealed class LiveTests(PluraApp app)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task An_open_page_gets_its_part_at_once_and_again_when_its_topic_rings()
    {
        var account = await app.NewAccount();
        await using var stream = await Open(account, "notices:");

        Assert.DoesNotContain("notice-bell", await stream.Next(), StringComparison.Ordinal);
        await account.In(async services =>
        {
            services.GetRequiredService<INotices>().Post("campaign_paused", "Sending paused by itself.", null);
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });

        Assert.Contains("1 notice waits", await stream.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_list_hears_who_is_new()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        await using var list = await Open(account, $"contacts-new:{app.Clock.GetUtcNow().UtcTicks}");
        Assert.DoesNotContain("Ben", await list.Next(), StringComparison.Ordinal);
        await account.Person("Ben");
        Assert.Contains("Ben", await list.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_list_hears_who_filled_in_a_form()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var form = await account.Form(doubleOptIn: false);
        await using var list = await Open(own, account, $"contacts-new:{own.Clock.GetUtcNow().UtcTicks}");
        Assert.DoesNotContain("Nora", await list.Next(), StringComparison.Ordinal);
        await own.FillIn(form, "nora@people.example", tick: true);
        await list.Until("Nora is new.");
    }

    [Fact]
    public async Task An_open_campaign_hears_how_far_it_is()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        await account.Person("Ben");
        var campaign = await account.Letter();
        await using var stream = await Open(account, $"campaign-progress:{campaign}.{account.Slug}");
        await stream.Until("data-state=\"draft\"");
        await account.Send(campaign);
        await account.Settle(app);
        Assert.Contains("<b>2</b> of", await stream.Until("data-state=\"sent\""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_colleague_presses_is_heard_where_nothing_has_been_sent()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        await using var stream = await Open(account, $"campaign-progress:{campaign}.{account.Slug}");
        await stream.Until("data-state=\"draft\"");
        await account.Send(campaign, "2027-01-05T09:00");
        await stream.Until("data-state=\"scheduled\"");
        (await account.Api.Post($"/api/v1/campaigns/{campaign}/cancel", null)).EnsureSuccessStatusCode();
        await stream.Until("data-state=\"cancelled\"");
    }

    [Fact]
    public async Task An_open_import_hears_how_far_it_is_and_that_it_is_done()
    {
        var account = await app.NewAccount();
        var desk = new Contacts.ImportDesk(account);
        var (_, started) = await desk.Send("Name,Email\nAnn,ann@people.example\nBen,ben@people.example\n"u8.ToArray());
        await using var stream = await Open(account, $"import:{started.GetProperty("id").GetGuid()}");
        await stream.Until("You can leave this page");
        await account.Work();
        await stream.Until("data-state=\"done\"");
    }

    [Fact]
    public async Task After_a_lost_connection_to_the_database_open_pages_are_brought_up_to_date()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await using var stream = await Open(own, account, "notices:");
        Assert.DoesNotContain("notice-bell", await stream.Next(), StringComparison.Ordinal);
        // What happens while nobody listens rings in vain.
        Assert.Equal(1, await own.Ask<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and query like 'listen %'"));
        await account.In(async services =>
        {
            services.GetRequiredService<INotices>().Post("campaign_paused", "Sending paused by itself.", null);
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        await stream.Until("1 notice waits");
    }

    [Fact]
    public async Task A_ring_of_another_account_is_not_heard()
    {
        var account = await app.NewAccount();
        var other = await app.NewAccount("Other Bakery");
        var topics = app.Services.GetRequiredService<LiveTopics>();
        using var ear = topics.Listen(account.Id, ["contacts"]);

        await other.In(services => services.GetRequiredService<ILive>().Changed("contacts", CancellationToken.None));
        await account.In(services => services.GetRequiredService<ILive>().Changed("other", CancellationToken.None));
        await account.In(services => services.GetRequiredService<ILive>().Changed("contacts", CancellationToken.None));

        var heard = await ear.Wait(Patience, TestContext.Current.CancellationToken);
        Assert.Equal([Ring.Of(account.Id, "contacts")], heard);
    }

    [Fact]
    public async Task A_ring_inside_a_transaction_is_heard_only_when_it_commits()
    {
        var account = await app.NewAccount();
        using var ear = app.Services.GetRequiredService<LiveTopics>().Listen(account.Id, ["rolled-back", "committed"]);

        await account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await services.GetRequiredService<ILive>().Changed("rolled-back", CancellationToken.None);
            await transaction.RollbackAsync();
        });
        await account.In(services => services.GetRequiredService<ILive>().Changed("committed", CancellationToken.None));

        Assert.Equal([Ring.Of(account.Id, "committed")], await ear.Wait(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stream_of_no_known_part_says_so_and_ends()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var answer = await browser.Send(HttpMethod.Get, account.Page("live") + "?part=nothing:1", follow: false, accept: "text/event-stream");

        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task A_stream_ends_with_the_session_that_opened_it()
    {
        var account = await app.NewAccount();
        await using var stream = await Open(account, "notices:");
        await stream.Next();
        var (elsewhere, _) = await app.EnterFromElsewhere(account);
        await (await elsewhere.Get("/me/sessions")).Submit("dialog form", new { });
        await account.In(async services =>
        {
            services.GetRequiredService<INotices>().Post("campaign_paused", "Sending paused by itself.", null);
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        Assert.Null(await stream.TryNext());
    }

    [Fact]
    public async Task Streams_end_when_the_application_stops()
    {
        await using var another = new Stopping(await app.Another());
        var account = await another.App.NewAccount();
        await using var stream = await Open(another.App, account, "notices:");
        await stream.Next();

        await another.DisposeAsync();

        Assert.Null(await stream.TryNext());
    }

    private Task<OpenStream> Open(TestAccount account, string part) => Open(app, account, part);

    private static async Task<OpenStream> Open(PluraApp app, TestAccount account, string part)
    {
        var browser = await account.SignIn();
        var client = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, account.Page("live") + "?part=" + Uri.EscapeDataString(part)));
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(c => $"{c.Key}={c.Value}")));
        request.Headers.Add("Accept", "text/event-stream");
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new OpenStream(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
    }

    private sealed class OpenStream(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        public async Task<string> Next() => await TryNext() ?? throw new InvalidOperationException("The stream has ended.");

        public async Task<string?> TryNext()
        {
            // Heartbeats are no news: they do not lengthen the wait.
            var waited = System.Diagnostics.Stopwatch.StartNew();
            while (await events.MoveNextAsync().AsTask().WaitAsync(waited.Elapsed < Patience ? Patience - waited.Elapsed : TimeSpan.Zero))
            {
                if (events.Current.EventType == "part")
                    return JsonDocument.Parse(events.Current.Data).RootElement.GetProperty("html").GetString();
            }

            return null;
        }

        /// <summary>The first part that says so; what comes before it is older.</summary>
        public async Task<string> Until(string words)
        {
            while (true)
            {
                if (await Next() is { } part && part.Contains(words, StringComparison.Ordinal))
                    return part;
            }
        }

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            await events.DisposeAsync();
        }
    }

    /// <summary>Stops a host once, whether the test or the end of the test does it.</summary>
    private sealed class Stopping(PluraApp app) : IAsyncDisposable
    {
        private bool stopped;

        public PluraApp App => app;

        public async ValueTask DisposeAsync()
        {
            if (!stopped)
                await app.DisposeAsync();
            stopped = true;
        }
    }
}
