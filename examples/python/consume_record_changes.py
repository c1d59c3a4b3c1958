"""Prints one JSON line for each record of record-changes.v1; see docs/topics.md."""

import argparse
import json
import os

from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

TOPIC = "record-changes.v1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=None, help="stop after so many records")
    count = parser.parse_args().count

    registry = SchemaRegistryClient(
        {"url": os.environ.get("SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081/apis/ccompat/v7")}
    )
    decode = AvroDeserializer(registry)
    consumer = Consumer(
        {
            "bootstrap.servers": os.environ.get("KAFKA_BROKERS", "127.0.0.1:9092"),
            "group.id": os.environ.get("CONSUMER_GROUP", "example-python"),
            "auto.offset.reset": "earliest",
        }
    )
    consumer.subscribe([TOPIC])
    printed = 0
    try:
        while count is None or printed < count:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise RuntimeError(message.error())
            # Delivery is at least once: a real subscriber drops a ce_id that it has seen.
            record = decode(message.value(), SerializationContext(TOPIC, MessageField.VALUE))
            headers = {name: value.decode() for name, value in message.headers() or []}
            print(
                json.dumps(
                    {
                        "id": headers.get("ce_id"),
                        "patientId": record["patientId"],
                        "version": record["version"],
                        "kinds": [change["kind"] for change in record["changes"]],
                    }
                ),
                flush=True,
            )
            printed += 1
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
