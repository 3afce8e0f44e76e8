using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Campaigns.Data;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Sites.Contracts;

namespace Plura.Campaigns;

/// <summary>
/// The demo's story, told through the handlers that people use: a bicycle shop in Bristol with its customers, how each of them
/// agreed, the autumn letter that most of them got, and the two letters that come next.
/// </summary>
/// <param name="drive">Lets time pass until jobs and messages have moved on.</param>
internal sealed class DemoStory(IServiceScopeFactory scopes, Func<CancellationToken, Task> drive)
{
    public const int Everyone = 2000;
    public const string Sent = "Autumn service";
    private const string Business = "Kettle & Chain Bicycles";

    /// <summary>What comes within three seconds of the hand-over is taken for a machine.</summary>
    public static readonly TimeSpan ReadersComeAfter = TimeSpan.FromSeconds(4);

    public async Task<(string Slug, int Contacts, Guid Campaign, string State)> Tell(int people, TimeSpan readersComeAfter, CancellationToken ct)
    {
        var account = await In(null, s => s.GetRequiredService<IDemoAccount>().Ensure(Business, "GB", "Europe/London", "12 Harbour Yard, Bristol BS1 4ZZ, United Kingdom", ct));
        var told = await In(account.Id, s => s.GetRequiredService<PluraDb>().Campaigns.FirstOrDefaultAsync(c => c.Name == Sent, ct));
        if (told is null)
        {
            await Gather(account, people, ct);
            told = await In(account.Id, s => Write(s, ct));
        }

        while (told.State is CampaignStates.Sending or CampaignStates.Scheduled)
        {
            await drive(ct);
            told = await In(account.Id, s => s.GetRequiredService<PluraDb>().Campaigns.FirstAsync(c => c.Id == told.Id, ct));
        }

        await Read(account.Id, told.Id, readersComeAfter, ct);
        return (account.Slug, people, told.Id, told.State);
    }

    private async Task Gather(AccountCard account, int count, CancellationToken ct)
    {
        var (form, wording) = await In(account.Id, s => s.GetRequiredService<IDemoForm>().Ensure(Business, "newsletter", ct));
        var drafts = DemoPeople.Make(count);
        var ids = new Guid[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = ct }, async (number, token) =>
        {
            var made = await In(account.Id, s => s.GetRequiredService<IContactDirectory>().FindOrCreate(drafts[number], token));
            ids[number] = made.Ok ? made.Value : throw new InvalidOperationException($"A customer of the demo was refused: {made.Refusal!.Code}");
        });
        await In(account.Id, async s =>
        {
            var contacts = s.GetRequiredService<IContactDirectory>();
            var known = new List<(int, Guid, ContactAddress)>(count);
            for (var number = 0; number < count; number++)
            {
                if ((await contacts.Addresses(ids[number], ct)).FirstOrDefault(a => a.Channel == Channels.Email) is { } address)
                    known.Add((number, ids[number], address));
            }

            await ActivatorUtilities.CreateInstance<DemoPermissions>(s).Grant(known, form, wording, ct);
            return true;
        });
    }

    private static async Task<Campaign> Write(IServiceProvider s, CancellationToken ct)
    {
        var create = s.GetRequiredService<CreateCampaignHandler>();
        var send = s.GetRequiredService<SendCampaignHandler>();
        await create.Handle(DemoLetters.Draft(), ct);
        var scheduled = await create.Handle(DemoLetters.Scheduled(), ct);
        var month = s.GetRequiredService<TimeProvider>().GetUtcNow().AddMonths(1);
        Must((await send.Handle(new SendCampaign { Id = scheduled.Value, At = month.ToString("yyyy-MM-dd'T'09:00", System.Globalization.CultureInfo.InvariantCulture) }, ct)).Refusal);
        // Last of the three: whoever finds it knows that the others stand.
        var autumn = await create.Handle(DemoLetters.Autumn(Sent), ct);
        Must((await send.Handle(new SendCampaign { Id = autumn.Value }, ct)).Refusal);
        return (await s.GetRequiredService<PluraDb>().FindCampaign(autumn.Value, ct)).Value;
    }

    /// <summary>Some open it, fewer click, a few leave; and machines look at it as they do.</summary>
    private async Task Read(Guid account, Guid campaign, TimeSpan after, CancellationToken ct)
    {
        var counts = await In(account, s => s.GetRequiredService<ISendLedger>().Counts(Campaign.Origin, campaign, ct));
        if (counts.Opened > 0 || counts.Accepted == 0)
            return;
        await Task.Delay(after, ct);
        var sends = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await In(account, s => s.GetRequiredService<ISendLedger>().List(Campaign.Origin, campaign, new SendFilter("accepted", null), cursor, 500, ct));
            sends.AddRange(page.Items.Select(i => i.SendId));
            cursor = page.Next;
        }
        while (cursor is not null);

        await Parallel.ForEachAsync(sends.Select((id, n) => (id, n)), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = ct }, async (send, token) =>
            await In(account, async s =>
            {
                await Behave(s.GetRequiredService<IDemoReaders>(), send.id, send.n, token);
                return true;
            }));
    }

    private static async Task Behave(IDemoReaders readers, Guid send, int n, CancellationToken ct)
    {
        const string person = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15";
        if (n % 5 == 1)
            await readers.Open(send, "Mozilla/5.0", ct);
        if (n % 31 == 2)
            await readers.Click(send, "Mozilla/5.0 (compatible; Barracuda Sentinel)", ct);
        if (n % 5 is 0 or 3)
            await readers.Open(send, person, ct);
        if (n % 10 == 3)
            await readers.Click(send, person, ct);
        if (n % 140 == 33)
            await readers.Unsubscribe(send, ct);
    }

    private static void Must(Refusal? refusal)
    {
        if (refusal is not null)
            throw new InvalidOperationException($"The demo's letter was refused: {refusal.Code}");
    }

    private async Task<T> In<T>(Guid? tenant, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (tenant is { } id)
            scope.ServiceProvider.GetRequiredService<Tenant>().Enter(id);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem("Demo");
        return await work(scope.ServiceProvider);
    }
}
