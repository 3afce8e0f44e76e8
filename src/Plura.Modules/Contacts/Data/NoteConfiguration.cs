using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plura.Platform;

namespace Plura.Contacts.Data;

public sealed class NoteConfiguration : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> builder)
    {
        builder.TenantTable("contacts", "note");
        builder.HasIndex(n => new { n.TenantId, n.ContactId, n.At, n.Id }).IsDescending(false, false, true, true);
    }
}

public sealed class NoteVersionConfiguration : IEntityTypeConfiguration<NoteVersion>
{
    public void Configure(EntityTypeBuilder<NoteVersion> builder)
    {
        builder.TenantTable("contacts", "note_version");
        builder.HasOne<Note>().WithMany().HasForeignKey(v => new { v.TenantId, v.NoteId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(v => new { v.TenantId, v.NoteId, v.Until });
    }
}

public sealed class AttachmentConfiguration : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.TenantTable("contacts", "attachment");
        builder.HasOne<Note>().WithMany().HasForeignKey(a => new { a.TenantId, a.NoteId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => new { a.TenantId, a.ContactId, a.At, a.Id }).IsDescending(false, false, true, true);
        builder.HasIndex(a => new { a.TenantId, a.NoteId });
    }
}

public sealed class PlannedTaskConfiguration : IEntityTypeConfiguration<PlannedTask>
{
    public void Configure(EntityTypeBuilder<PlannedTask> builder)
    {
        builder.TenantTable("contacts", "task");
        builder.Property(t => t.Remind).HasColumnType("timestamp without time zone");
        builder.HasIndex(t => new { t.TenantId, t.DueBy, t.Id }).HasFilter("done_at is null and removed_at is null");
        builder.HasIndex(t => new { t.TenantId, t.AssigneeId, t.DueBy, t.Id }).HasFilter("done_at is null and removed_at is null");
        builder.HasIndex(t => new { t.TenantId, t.DoneAt, t.Id }).IsDescending(false, true, true).HasFilter("done_at is not null");
        builder.HasIndex(t => new { t.TenantId, t.ContactId, t.CreatedAt, t.Id }).IsDescending(false, false, true, true);
        builder.HasIndex(t => new { t.TenantId, t.ContactId, t.DoneAt, t.Id }).IsDescending(false, false, true, true).HasFilter("done_at is not null");
    }
}

/// <summary>The sets of notes, tasks and files, visible only to files that import this namespace.</summary>
public static class NotesDb
{
    extension(PluraDb db)
    {
        public DbSet<Note> Notes => db.Set<Note>();

        public DbSet<NoteVersion> NoteVersions => db.Set<NoteVersion>();

        public DbSet<PlannedTask> Tasks => db.Set<PlannedTask>();

        public DbSet<Attachment> Attachments => db.Set<Attachment>();
    }
}
