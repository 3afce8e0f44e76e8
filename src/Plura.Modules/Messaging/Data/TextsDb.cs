using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Messaging.Data;

public static class TextsDb
{
    extension(PluraDb db)
    {
        public DbSet<ReceivedText> ReceivedTexts => db.Set<ReceivedText>();

        public DbSet<StopReview> StopReviews => db.Set<StopReview>();

        public DbSet<TextNumberUse> TextNumberUses => db.Set<TextNumberUse>();

        public DbSet<NumberStop> NumberStops => db.Set<NumberStop>();
    }
}
