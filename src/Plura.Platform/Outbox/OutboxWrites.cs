using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Platform.Outbox;

namespace Plura.Platform;

public static class OutboxWrites
{
    extension(PluraDb db)
    {
        public DbSet<OutboxMessage> Outbox => db.Set<OutboxMessage>();

        /// <summary>Tells the other modules, once the next SaveChanges commits.</summary>
        /// <param name="news">What happened.</param>
        /// <param name="tenant">The account it belongs to; null for the scope's own.</param>
        public void Publish(IEvent news, Guid? tenant = null)
        {
            foreach (var subscriber in db.Catalog.SubscribersOf(news.GetType()))
                db.Add(db.Envelope(news, subscriber, runAt: null, tenant));
            // What they write belongs to the scope's account; news of another one is none of theirs.
            if (db.Tenant.Current is { } here && (tenant ?? here) == here)
            {
                foreach (var witness in db.Witnesses)
                    witness.Saw(db, news);
            }
        }

        /// <summary>Asks for work later, once the next SaveChanges commits; <paramref name="runAt"/> null is as soon as can be.</summary>
        public void Enqueue(IJob job, DateTimeOffset? runAt = null, Guid? tenant = null)
        {
            var handler = db.Catalog.SubscribersOf(job.GetType()).SingleOrDefault()
                ?? throw new InvalidOperationException($"Nobody does {job.GetType().Name}.");
            db.Add(db.Envelope(job, handler, runAt, tenant));
        }

        /// <summary>
        /// As <see cref="Enqueue"/>, for a job that may have been given up before: then that message is tried again, and no second one
        /// stands beside it.
        /// </summary>
        public async Task EnqueueAgain(IJob job, CancellationToken ct)
        {
            var (type, payload) = (job.GetType().FullName!, JsonSerializer.Serialize(job, job.GetType()));
            var dead = await db.Outbox.FromSql($"""
                select * from platform.outbox_message
                where dead_at is not null and tenant_id is not distinct from {db.Tenant.Current}::uuid and type = {type} and payload = {payload}::jsonb
                """).OrderBy(m => m.Id).FirstOrDefaultAsync(ct);
            if (dead is null)
                db.Enqueue(job);
            else
                dead.TryAgain(db.Clock.GetUtcNow());
        }

        private OutboxMessage Envelope(object message, Type subscriber, DateTimeOffset? runAt, Guid? tenant)
        {
            var now = db.Clock.GetUtcNow();
            return new OutboxMessage
            {
                Id = Guid.CreateVersion7(now),
                TenantId = tenant ?? db.Tenant.Current,
                Type = message.GetType().FullName!,
                Subscriber = subscriber.FullName!,
                Payload = JsonSerializer.Serialize(message, message.GetType()),
                CreatedAt = now,
                RunAt = runAt ?? now,
            };
        }
    }
}
