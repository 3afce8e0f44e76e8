using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Conversations;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Bench;

/// <summary>Opening the inbox as people do, a page of a view and one of its conversations: an account with very many conversations against one with few in the same tables (G22).</summary>
public sealed class InboxArea : IArea
{
    private const int Small = 2_000;
    private const int Openings = 300;

    /// <summary>One conversation with each contact, a tenth of them open, three messages in each.</summary>
    private const string Conversations = """
        insert into conversations.conversation (tenant_id, id, contact_id, channel, state, starred, unread, last_message_at, last_inbound_at, created_at, version)
        select tenant_id, gen_random_uuid(), id, 'email', case when hashtext(id::text) % 10 = 0 then 'open' else 'closed' end, false, false, created_at + interval '2 hours', created_at + interval '2 hours', created_at, 1
        from contacts.contact where tenant_id = $1
        """;

    private const string Messages = """
        insert into conversations.message (tenant_id, id, conversation_id, subject_id, direction, channel, occurred_at, sealed)
        select c.tenant_id, gen_random_uuid(), c.id, c.contact_id, (array['in','out','in'])[n], 'email', c.created_at + (n - 1) * interval '1 hour', sha512(c.id::text::bytea) || sha512(c.contact_id::text::bytea)
        from conversations.conversation c, generate_series(1, 3) n where c.tenant_id = $1
        """;

    /// <summary>After the tables were looked at: without knowing how large they are the planner takes each of one for each of the other.</summary>
    private const string Last = """
        update conversations.conversation c set last_message_id = m.id from conversations.message m
        where c.tenant_id = $1 and m.tenant_id = $1 and m.conversation_id = c.id and m.occurred_at = c.last_message_at
        """;

    public string Name => "inbox";

    public async Task<IReadOnlyList<Line>> Run(BenchContext context, CancellationToken ct)
    {
        var size = context.Size(200_000);
        var (small, large) = (await Fill(context, Small, ct), await Fill(context, size, ct));
        var measured = await context.Compare(_ => Slowest(context, large, ct), _ => Slowest(context, small, ct));
        return
        [
            new Line("G22", $"opening the inbox, a page of the open ones and one of them: p99 at {size} conversations / at {Small}", measured.Ratios, 2, AtMost: true,
                string.Create(CultureInfo.InvariantCulture, $"{Statistics.Quantile(measured.Product, 0.5) * 1000:0.0} ms against {Statistics.Quantile(measured.Reference, 0.5) * 1000:0.0} ms")),
        ];
    }

    private static async Task<(Guid Tenant, IReadOnlyList<string?> Pages)> Fill(BenchContext context, int count, CancellationToken ct)
    {
        var tenant = await People.Fill(context, count);
        await using var owner = await context.OpenOwner();
        foreach (var sql in (string[])[Conversations, Messages, "analyze conversations.conversation", "analyze conversations.message", Last, "vacuum analyze conversations.conversation", "vacuum analyze conversations.message"])
        {
            await using var command = new NpgsqlCommand(sql, owner) { CommandTimeout = 600 };
            if (sql.Contains('$', StringComparison.Ordinal))
                command.Parameters.Add(new NpgsqlParameter { Value = tenant });
            await command.ExecuteNonQueryAsync(ct);
        }

        // Among the newest thousands: nobody opens the inbox in the middle of last year.
        var pages = new List<string?> { null };
        while (pages.Count < 5 && (await Page(context, tenant, pages[^1], ct)).Next is { } next)
            pages.Add(next);
        foreach (var page in pages)
            await WriteWords(context, tenant, (await Page(context, tenant, page, ct)).Items, ct);
        return (tenant, pages);
    }

    /// <summary>What is looked at has words that are sealed and opened as in the product; the rest only takes their place.</summary>
    private static async Task WriteWords(BenchContext context, Guid tenant, IReadOnlyList<ConversationView> shown, CancellationToken ct)
    {
        await context.In(tenant, async services =>
        {
            var (db, seal) = (services.GetRequiredService<PluraDb>(), services.GetRequiredService<MessageSeal>());
            var ids = shown.Select(c => c.Id).ToList();
            foreach (var message in await db.Messages.AsNoTracking().Where(m => ids.Contains(m.ConversationId)).ToListAsync(ct))
            {
                var words = await seal.Seal(message.SubjectId, message.Id, new MessageText("A question", "When do you open on Sunday? We would come by with eight people, and two of them eat no eggs."), ct);
                await db.Messages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Sealed, words), ct);
            }

            return true;
        });
    }

    /// <summary>The 99th percentile, in seconds.</summary>
    private static async Task<double> Slowest(BenchContext context, (Guid Tenant, IReadOnlyList<string?> Pages) inbox, CancellationToken ct)
    {
        var times = new List<double>();
        for (var n = 0; n < Openings; n++)
        {
            times.Add(await BenchContext.Seconds(async () =>
            {
                var page = await Page(context, inbox.Tenant, inbox.Pages[n % inbox.Pages.Count], ct);
                var chosen = page.Items[n % page.Items.Count].Id;
                await context.In(inbox.Tenant, async services =>
                    (await services.GetRequiredService<ReadConversations>().One(chosen, ct), await services.GetRequiredService<ReadMessages>().Of(chosen, null, ReadMessages.PageSize, ct)));
            }));
        }

        return Statistics.Quantile(times, 0.99);
    }

    private static Task<Page<ConversationView>> Page(BenchContext context, Guid tenant, string? cursor, CancellationToken ct) => context.In(tenant, async services =>
        (await services.GetRequiredService<ListConversationsHandler>().Handle(new ListConversations { Cursor = cursor }, ct)).Value);
}
