using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Plura.Accounts.Data;
using Plura.Adapters;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Bench;

/// <summary>
/// The whole durable pipeline (audience, claim, gate, personalisation, intent, hand-over, outcome, events) against programs that keep no
/// account: a MailKit build-and-send loop and a nodemailer pool, to the same sink, over as many connections, signed with the same key.
/// </summary>
public sealed class CampaignSending : IArea
{
    private const int Connections = 8;

    public string Name => "campaign";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        var count = context.Size(20_000);
        using var sink = new SmtpSink();
        var tenant = await Account(context, ct);
        await Recipients(context, tenant, count);
        var transport = new SmtpTransport(Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, Tls = "none", Connections = Connections }), TimeProvider.System);
        await using var pump = ActivatorUtilities.CreateInstance<Pump>(context.Services, (IEnumerable<IEmailTransport>)[transport]);
        async Task<double> Product(int round)
        {
            var origin = Guid.Empty;
            var seconds = await BenchContext.Seconds(async () =>
            {
                origin = await Plan(context, tenant, ct);
                await pump.RunDue(ct);
            });
            var counts = await context.In(tenant, s => s.GetRequiredService<ISendLedger>().Counts("campaign", origin, ct));
            if (counts.Accepted != count)
                throw new InvalidOperationException($"{counts.Accepted} of {count} were accepted: {counts}.");
            return count / seconds;
        }

        var loop = await context.Compare(Product, async _ => count / await BenchContext.Seconds(() => MailKitLoop.Send(sink.Port, count, Connections, context.DkimKey)));
        var pool = await context.Compare(Product, async _ => count / await NodemailerPool.Send(sink.Port, count, Connections, context.DkimKey));
        string Note(Measured m) => string.Create(CultureInfo.InvariantCulture, $"{Statistics.Quantile(m.Product, 0.5):0} messages/s against {Statistics.Quantile(m.Reference, 0.5):0}, {count} messages, {Connections} connections");
        return
        [
            new Line("G4", "campaign, whole durable pipeline / MailKit build-and-send loop, both signed", loop.Ratios, 0.8, Note: Note(loop)),
            new Line("G3", "campaign, whole durable pipeline / nodemailer pool, both signed", pool.Ratios, 1.5, Note: Note(pool)),
        ];
    }

    private static Task<Guid> Account(BenchContext context, CancellationToken ct) => context.In(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), async services =>
    {
        var db = services.GetRequiredService<PluraDb>();
        var now = TimeProvider.System.GetUtcNow();
        var slug = "bench-" + now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var agency = Agency.Found(slug, "Bench", now);
        var account = Plura.Accounts.Data.Account.Open(agency.Id, slug, "Bench", "DE", "Europe/Berlin", "hello@bakery.example", now);
        account.Vouch(now);   // Its first campaign is half a million letters.
        account.Describe("Bench", "1 High Street, Springfield", "Bench", "hello@bakery.example", "DE", "Europe/Berlin");
        db.AddRange(agency, account);
        await db.SaveChangesAsync(ct);
        return account.Id;
    });

    /// <summary>Contacts with one address each and the account's word that they agreed: the gate has everything to look up.</summary>
    private static Task Recipients(BenchContext context, Guid tenant, int count) => context.In(tenant, async services =>
    {
        var keys = services.GetRequiredService<IAddressKeys>();
        var emails = Enumerable.Range(1, count).Select(n => $"p{n}@domain{n % 50}.example").ToArray();
        await using var open = await context.OpenApp(tenant);
        await using var transaction = await open.BeginTransactionAsync();
        await Do(open, "create temporary table consent_members (address_key uuid, contact_id uuid) on commit drop");
        await Do(open, """
            insert into contacts.contact (tenant_id, id, first_name, last_name, company, sort_name, search_text, fields, minor, source, created_at, updated_at)
            select $1, md5(e)::uuid, 'Person', n::text, '', e, e, '{}', false, 'bench', now(), now() from unnest($2) with ordinality as e(e, n)
            """, tenant, emails);
        await Do(open, """
            insert into contacts.contact_point (tenant_id, id, contact_id, kind, value, normal, address_key, is_primary, position)
            select $1, md5('p' || e)::uuid, md5(e)::uuid, 'email', e, e, k, true, 0 from unnest($2, $3) as x(e, k)
            """, tenant, emails, emails.Select(e => keys.Of(Channels.Email, e)).ToArray());
        await Do(open, "insert into consent_members select address_key, contact_id from contacts.contact_point where tenant_id = $1", tenant);
        await services.GetRequiredService<IConsentLedger>().Attest(
            open, new ConsentAttestation(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Channels.Email, Topics.All, ConsentDoors.Import, "Bench", "Yes, write to me.", new DateOnly(2026, 1, 1)), default);
        await transaction.CommitAsync();
        await using var owner = await context.OpenOwner();
        await Do(owner, "analyze");
        return true;
    });

    private static Task<Guid> Plan(BenchContext context, Guid tenant, CancellationToken ct) => context.In(tenant, async services =>
    {
        var ledger = services.GetRequiredService<ISendLedger>();
        var letter = new LetterContent { Subject = CampaignLetter.Subject, Html = CampaignLetter.Html, FromName = "Corner Bakery", FromEmail = "hello@bakery.example" };
        var content = await ledger.Write(letter, ct);
        var audience = await services.GetRequiredService<IRecipients>().Audience(new Audience { All = true }, Channels.Email, ct);
        var origin = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await ledger.Plan(new SendPlan("campaign", origin, content.Value, null, TimeProvider.System.GetUtcNow()), audience.Value, ct);
        return origin;
    });

    private static async Task Do(NpgsqlConnection open, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, open);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
