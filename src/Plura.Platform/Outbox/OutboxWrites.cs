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
        }

        /// <summary>Asks for work later, once the next SaveChanges commits; <paramref name="runAt"/> null is as soon as can be.</summary>
        public void Enqueue(IJob job, DateTimeOffset? runAt = null, Guid? tenant = null)
        {
            var handler = db.Catalog.SubscribersOf(job.GetType()).SingleOrDefault()
                ?? throw new InvalidOperationException($"Nobody does {job.GetType().Name}.");
            db.Add(db.Envelope(job, handler, runAt, tenant));
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
