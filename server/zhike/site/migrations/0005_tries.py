from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("zhike", "0004_audit"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("ends_at", models.BigIntegerField(db_index=True)),
            ],
        ),
    ]
